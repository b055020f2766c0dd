namespace Mfa.Contract;

/// <summary>What a harness drives: whatever breaks in between, it is proved once and nothing is sent twice.</summary>
public enum Driven
{
    /// <summary>A method that its user sets up.</summary>
    Enrollment,

    /// <summary>A second step that a relying party asks for.</summary>
    Challenge,
}
