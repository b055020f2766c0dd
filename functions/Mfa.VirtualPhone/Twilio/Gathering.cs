using System.Text;

namespace Mfa.VirtualPhone;

/// <summary>A <see cref="Gather"/> that goes on: what is still to be said, and what was pressed.</summary>
internal sealed class Gathering(Gather wanted)
{
    private readonly StringBuilder _pressed = new();

    public Gather Wanted => wanted;

    /// <summary>A key stops them.</summary>
    public Queue<Verb> Prompts { get; } = new(wanted.Prompts);

    public string Digits => _pressed.ToString();

    /// <summary>The key that ended it; empty where another thing did.</summary>
    public string FinishedOn { get; private set; } = "";

    /// <returns>Whether it is over.</returns>
    public bool Press(char key)
    {
        Prompts.Clear();
        if (wanted.FinishOn.Contains(key, StringComparison.Ordinal))
        {
            FinishedOn = $"{key}";
            return true;
        }

        _pressed.Append(key);
        return _pressed.Length == wanted.NumDigits;
    }
}
