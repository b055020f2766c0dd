using Azure.Core;

namespace Mfa.Functions.Tests;

/// <summary>Options of a client, as each SDK has its own.</summary>
internal sealed class PipelineOptions : ClientOptions;
