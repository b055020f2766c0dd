using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Mfa.VirtualPhone;

/// <summary>Reads TwiML. It is stricter than Twilio, which warns of much that it then passes over: here that is a fault.</summary>
internal static class Twiml
{
    /// <summary>Null where it can't be run.</summary>
    public static IReadOnlyList<Verb>? Read(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var response = XElement.Load(reader);
            return response.Name == "Response" ? response.Elements().Select(Verb).ToList() : null;
        }
        catch (Exception fault) when (fault is XmlException or FormatException)
        {
            return null;
        }
    }

    private static Verb Verb(XElement one) => one.Name.LocalName switch
    {
        "Say" => new Speak(Words(one), Value(one, "language") ?? Voices.LanguageOf(Value(one, "voice")), Times(one)),
        "Play" when Value(one, "digits") is { } digits => Tones.AreSendable(digits) ? new SendTones(digits) : throw new FormatException("digits"),
        "Play" => new Speak(Words(one), null, Times(one)),
        "Pause" => new Pause(Seconds(one, "length", 1)),
        "Gather" => Gather(one),
        "Redirect" => new Redirect(Words(one), Method(one)),
        "Hangup" => new Hangup(),
        var name => throw new FormatException(name),
    };

    private static Gather Gather(XElement one)
    {
        var finish = Value(one, "finishOnKey") ?? "#";
        var input = (Value(one, "input") ?? "dtmf").Split(' ');
        var prompts = one.Elements().Select(Verb).ToList();
        int? digits = Value(one, "numDigits") is null ? null : Number(one, "numDigits", 1, 0);
        if (!input.Contains("dtmf") || (finish.Length > 0 && !Keypad.Knows(finish)) || prompts.Any(prompt => prompt is not (Speak or Pause))) { throw new FormatException("Gather"); }
        return new(prompts, digits, finish, Seconds(one, "timeout", 5), Value(one, "action") ?? "", Method(one), Value(one, "actionOnEmptyResult") == "true");
    }

    private static string Words(XElement one) => string.Join(' ', one.DescendantNodes().OfType<XText>().Select(text => text.Value.Trim()).Where(text => text.Length > 0));

    /// <summary>0 stands for on and on; a call ends before a thousand times.</summary>
    private static int Times(XElement one) => Number(one, "loop", 0, 1) is > 0 and var times ? times : 1000;

    private static TimeSpan Seconds(XElement one, string name, int usual) => TimeSpan.FromSeconds(Value(one, name) == "auto" ? usual : Number(one, name, 0, usual));

    private static HttpMethod Method(XElement one) => MethodOf(Value(one, "method")) ?? throw new FormatException("method");

    /// <summary>POST where none is named; null where it is neither of two.</summary>
    public static HttpMethod? MethodOf(string? name) => (name ?? "POST").ToUpperInvariant() switch { "POST" => HttpMethod.Post, "GET" => HttpMethod.Get, _ => null };

    private static int Number(XElement one, string name, int least, int usual) =>
        Value(one, name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 86_400 ? number
        : throw new FormatException(name);

    private static string? Value(XElement one, string name) => one.Attribute(name)?.Value;
}
