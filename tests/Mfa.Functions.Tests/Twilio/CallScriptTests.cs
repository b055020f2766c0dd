using System.Xml.Linq;
using Mfa.Core;
using Mfa.Twilio;
using Mfa.Web;

namespace Mfa.Functions.Tests;

/// <summary>The TwiML of each step, to the letter but for the white space between elements.</summary>
public sealed class CallScriptTests
{
    private static readonly Uri s_callback = new("https://mfa.example/callbacks/calls/v-1/2");
    private static readonly PhoneNumber s_phone = PhoneNumber.FromE164("+14255550123");

    [Fact]
    public void A_question_gathers_every_key_and_tells_silence_too() => Is(
        """<Response><Gather input="dtmf" action="https://mfa.example/callbacks/calls/v-1/2?on=keys&amp;number=7#rc=5&amp;rp=all" method="POST" timeout="10" finishOnKey="" numDigits="1" actionOnEmptyResult="true"><Say voice="Polly.Joanna-Neural">Press pound.</Say></Gather></Response>""",
        Ask("Press pound.", "en-US", 7, 1, 9.5));

    [Fact]
    public void A_question_in_Dutch_with_three_keys() => Is(
        """<Response><Gather input="dtmf" action="https://mfa.example/callbacks/calls/v-1/2?on=keys&amp;number=12#rc=5&amp;rp=all" method="POST" timeout="15" finishOnKey="" numDigits="3" actionOnEmptyResult="true"><Say voice="Google.nl-NL-Wavenet-F">Druk op het hekje.</Say></Gather></Response>""",
        Ask("Druk op het hekje.", "nl-NL", 12, 3, 15));

    [Fact]
    public void A_language_without_a_voice_is_spoken_by_Twilios_own() => Is(
        """<Response><Say language="de-DE">Auf Wiedersehen.</Say><Hangup></Hangup></Response>""", new SayLast(new("Auf Wiedersehen.", "de-DE")));

    [Theory]
    [InlineData("Tom & Jerry <Ltd> \"quoted\" 'it'")]
    [InlineData("]]> <Hangup/> &amp;")]
    [InlineData("één € 日本 🙂")]
    public void Words_are_words_whatever_is_in_them(string words)
    {
        var say = Assert.Single(XElement.Parse(CallScript.Of(new SayLast(new(words, "en-US")))).Elements("Say"));
        Assert.Equal((words, false), (say.Value, say.HasElements));
    }

    [Fact]
    public void Last_words_end_the_call() => Is(
        """<Response><Say voice="Polly.Joanna-Neural">Goodbye.</Say><Hangup></Hangup></Response>""", new SayLast(new("Goodbye.", "en-US")));

    [Fact]
    public void An_extension_is_dialled_and_then_told() => Is(
        """<Response><Play digits="204"></Play><Redirect method="POST">https://mfa.example/callbacks/calls/v-1/2?on=dialled&amp;number=3#rc=5&amp;rp=all</Redirect></Response>""",
        new DialNext(new("CA1", s_phone, "204", 3, s_callback, new(Guid.Empty, default))));

    [Fact]
    public void A_call_that_waits_pauses_and_does_not_for_ever() => Is("""<Response><Pause length="60"></Pause><Hangup></Hangup></Response>""", null);

    [Fact]
    public void A_call_with_nothing_left_ends() => Is("<Response><Hangup></Hangup></Response>", new EndNow());

    [Fact]
    public void Addresses_are_what_they_tell_of()
    {
        Assert.Equal("https://mfa.example/callbacks/calls/v-1/2?on=answered#rc=5&rp=all", TwilioAddress.Answered(s_callback).OriginalString);
        Assert.Equal("https://mfa.example/callbacks/calls/v-1/2?on=status#rc=5&rp=all", TwilioAddress.Status(s_callback).OriginalString);
        Assert.Equal("https://mfa.example/callbacks/texts?verification=v&send=1#rc=5&rp=all", TwilioAddress.Text(new("https://mfa.example/callbacks/texts?verification=v&send=1")).OriginalString);
    }

    private static AskNext Ask(string words, string locale, int prompt, int keys, double silence) =>
        new(new("CA1", s_phone, new(words, locale), prompt, keys, TimeSpan.FromSeconds(silence), s_callback));

    private static void Is(string twiml, CallStep? step) => Assert.Equal(twiml, XElement.Parse(CallScript.Of(step)).ToString(SaveOptions.DisableFormatting));
}
