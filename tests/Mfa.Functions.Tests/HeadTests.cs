using System.Collections.Concurrent;
using Mfa.Acs;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions.Tests;

/// <summary>The head as its program puts it together, without the host.</summary>
public sealed class HeadTests
{
    [Fact]
    public void All_that_functions_ask_for_is_there()
    {
        using var head = Builder().Build();
        foreach (var type in new[] { typeof(Endpoints), typeof(VerificationLook), typeof(PurgeTimer) })
        {
            Assert.NotNull(ActivatorUtilities.CreateInstance(head.Services, type));
        }
    }

    [Fact]
    public void No_issuer_that_believes_what_it_is_told_is_in_it()
    {
        var seen = new HashSet<string>();
        Add(typeof(Endpoints).Assembly.GetName());
        Assert.Contains("Mfa.Web", seen);
        Assert.DoesNotContain("Mfa.Local", seen);
        Assert.DoesNotContain("Mfa.VirtualPhone", seen);
        Assert.DoesNotContain(Routes.All, r => r.Template.TrimStart('/').StartsWith("dev", StringComparison.Ordinal));

        void Add(System.Reflection.AssemblyName name)
        {
            if (name.Name!.StartsWith("Mfa.", StringComparison.Ordinal) && seen.Add(name.Name))
            {
                foreach (var more in System.Reflection.Assembly.Load(name).GetReferencedAssemblies())
                {
                    Add(more);
                }
            }
        }
    }

    [Fact]
    public void Settings_are_not_watched_for_changes()
    {
        var files = Builder().Configuration.Sources.OfType<JsonConfigurationSource>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, s => Assert.False(s.ReloadOnChange));
    }

    [Fact]
    public void What_alerts_count_is_a_warning_and_what_libraries_say_below_that_is_not_told()
    {
        var builder = Builder();
        var lines = new Lines();
        builder.Logging.AddProvider(lines);
        using var head = builder.Build();
        head.Services.GetRequiredService<VerificationLog>().Taken(How.Call);
        foreach (var category in new[] { "Microsoft.DurableTask", "DurableTask.Core", "Azure.Core", "Mfa.Web.Purge" })
        {
            head.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).LogInformation("Said by {Category}", category);
        }

        Assert.Equal(["Warning Mfa.Web.VerificationLog Carrier took: call", "Information Mfa.Web.Purge Said by Mfa.Web.Purge"], lines.All);
    }

    [Fact]
    public void A_head_without_the_sdks_of_the_carrier_refuses_it_at_start()
    {
        Assert.SkipWhen(AcsSdks.AreHere, "This build has them.");
        Assert.Contains(Assert.Throws<SettingsException>(() => Builder(carrier: true)).Faults, f => f.StartsWith("Carrier__Kind is acs", StringComparison.Ordinal));
    }

    private static FunctionsApplicationBuilder Builder(bool carrier = false)
    {
        var settings = GoodSettings.All().Where(s => carrier || !s.Key.StartsWith("Carrier:", StringComparison.Ordinal));
        var builder = Head.Builder([]);
        builder.Configuration.AddInMemoryCollection(settings.Append(new("Carrier:Kind", carrier ? "acs" : "none")));
        Head.Add(builder);
        return builder;
    }

    private sealed class Lines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, _lines);

        public void Dispose()
        {
        }

        private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {name} {formatter(state, exception)}");
        }
    }
}
