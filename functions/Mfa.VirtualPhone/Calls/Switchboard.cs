namespace Mfa.VirtualPhone;

/// <summary>
/// The machine that answers an office's number: it asks for the extension, and puts the call through to the phone that has it. It hangs
/// up where there is no such extension, where that phone is in a call, and where nothing is dialled.
/// </summary>
internal sealed class Switchboard(Call call, Alarm alarm, VirtualPhoneOptions options)
{
    private string _dialled = "";

    /// <summary>Nothing more is listened for.</summary>
    private bool _done;

    public void Greet()
    {
        Say("Enter the extension.");
        alarm.Set(options.SwitchboardFor, () => Refuse("No extension was entered."));
    }

    public void Hear(string keys)
    {
        if (_done) { return; }
        _dialled += keys;
        var known = call.Phone.Habits.Extensions;
        var longer = known.Count == 0 ? _dialled.Length < PhoneNumber.LongestExtension : known.Any(one => one.Length > _dialled.Length && one.StartsWith(_dialled, StringComparison.Ordinal));
        if (longer) { alarm.Set(options.SwitchboardPause, PutThrough); }
        else { PutThrough(); }
    }

    public void Stop()
    {
        _done = true;
        alarm.Stop();
    }

    private void PutThrough()
    {
        Stop();
        var known = call.Phone.Habits.Extensions;
        if (!PhoneNumber.IsExtension(_dialled) || (known.Count > 0 && !known.Contains(_dialled))) { Refuse("There is no such extension."); }
        else if (!call.TryPutThrough(call.Phone.Behind(_dialled))) { Refuse("The extension is busy."); }
    }

    private void Refuse(string why)
    {
        Say(why);
        call.HangUp();
    }

    private void Say(string words) => call.Say($"[switchboard] {words}");
}
