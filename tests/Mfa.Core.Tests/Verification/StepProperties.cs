using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class StepProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void The_same_arguments_give_the_same_result() => Life.Any.Sample(life => life.Run((play, before, e, stepped) =>
    {
        var again = Verification.Step(before, e, play.Now);
        Assert.Equal(stepped.Answer, again.Answer);
        Assert.True(stepped.Effects.SequenceEqual(again.Effects));
        Assert.True(stepped.Next == again.Next || Play.Json(stepped.Next) == Play.Json(again.Next));
    }), iter: Runs);

    [Fact]
    public void State_survives_its_json_behaves_the_same_and_stays_small() => Life.Any.Sample(life =>
    {
        Verification? read = null;
        life.Run((play, before, e, stepped) =>
        {
            // A second life, that goes through its row after every step.
            var again = Verification.Step(read ?? Reread(before).V, e, play.Now);
            Assert.Equal(stepped.Answer, again.Answer);
            Assert.True(stepped.Effects.SequenceEqual(again.Effects));
            Assert.Equal(stepped.Next.WakeAt(), again.Next.WakeAt());
            if (!ReferenceEquals(before, stepped.Next))
            {
                (read, var json) = Reread(again.Next);
                Assert.Equal(Play.Json(stepped.Next), json);
                Assert.True(Encoding.UTF8.GetByteCount(json) < 24 * 1024);
            }
        });
    }, iter: Runs);

    [Fact]
    public void An_outcome_never_changes() => Life.Any.Sample(life => life.Run((_, before, _, stepped) =>
    {
        if (before.IsFinal)
        {
            var next = stepped.Next;
            Assert.Equal((before.State, before.Reason, before.AcceptedStep), (next.State, next.Reason, next.AcceptedStep));
            Assert.Equal(before.Attempt, next.Attempt);
        }
    }), iter: Runs);

    [Fact]
    public void The_rules_and_the_deadline_stay_as_they_were_at_the_start() => Life.Any.Sample(life => life.Run((_, before, _, stepped) =>
    {
        var next = stepped.Next;
        Assert.Equal((before.Id, before.How, before.Policy, before.StartedAt), (next.Id, next.How, next.Policy, next.StartedAt));
        Assert.Equal((before.Deadline, before.MatchNumber), (next.Deadline, next.MatchNumber));
    }), iter: Runs);

    [Fact]
    public void What_is_told_twice_changes_nothing() => Life.Any.Sample(life => life.Run((play, before, e, stepped) =>
    {
        if (e is CarrierEvent { EventId: var id } && before.SeenEvents.Contains(id))
        {
            Assert.Same(before, stepped.Next);
            Assert.Equal((Answer.Ignored, 0), (stepped.Answer, stepped.Effects.Length));
        }

        if (e is CarrierEvent)
        {
            var twice = Verification.Step(stepped.Next, e, play.Now);
            Assert.Same(stepped.Next, twice.Next);
            Assert.Equal((Answer.Ignored, 0), (twice.Answer, twice.Effects.Length));
        }
    }), iter: Runs);

    [Fact]
    public void What_is_ignored_or_refused_changes_nothing_but_that_time_may_be_up() => Life.Any.Sample(life => life.Run((play, before, e, stepped) =>
    {
        if (stepped.Answer is not (Answer.Taken or Answer.WrongCode) && !ReferenceEquals(before, stepped.Next))
        {
            var expired = stepped.Next.State == VerificationState.Expired && play.Now >= before.Deadline;
            var guessed = before.State == VerificationState.Verified && e is CodeTyped && stepped.Next == before with { WrongCodes = before.WrongCodes + 1 };
            var noTimeToCall = e is ResendAsked && stepped.Next.State == VerificationState.Failed && before.Deadline - play.Now < before.Policy.CallNeeds;
            Assert.True(guessed || (!before.IsFinal && (expired || noTimeToCall)));
        }
    }), iter: Runs);

    [Fact]
    public void An_event_of_another_attempt_never_ends_or_moves_the_current_one() => Life.Calls.Sample(life => life.Run((play, before, e, stepped) =>
    {
        if (e is CallEvent call && call.Attempt != before.Attempt && stepped.Next.State != VerificationState.Expired)
        {
            var next = stepped.Next;
            Assert.Equal((before.State, before.Reason, before.Attempt, before.RetryAt, before.Call), (next.State, next.Reason, next.Attempt, next.RetryAt, next.Call));
        }
    }), iter: Runs);

    [Fact]
    public void Verified_only_by_the_right_proof_of_the_right_attempt() => Life.Any.Sample(life => life.Run((play, before, e, stepped) =>
    {
        var turned = !before.IsFinal && stepped.Next.State == VerificationState.Verified;
        Assert.Equal(Proofs.IsRight(play, before, e), turned);
    }), iter: Runs);

    [Fact]
    public void Fraud_is_reported_only_by_zero_pound_and_a_one() => Life.Calls.Sample(life =>
    {
        var pressed = new List<(int Prompt, string Keys)>();
        life.Run((_, before, e, stepped) =>
        {
            if (e is CallConnected && stepped.Next.Call?.Prompt == 1)
            {
                pressed.Clear();
            }

            if (e is KeysHeard keys && stepped.Answer == Answer.Taken)
            {
                pressed.Add((keys.Prompt, keys.Keys));
            }

            if (!before.IsFinal && stepped.Next.State == VerificationState.FraudReported)
            {
                var last = ((KeysHeard)e).Prompt;
                Assert.Equal("1", pressed[^1].Keys);
                Assert.True(
                    pressed[^2] == (last - 1, "0#") || (pressed[^2] == (last - 1, "#") && pressed[^3] == (last - 2, "0")),
                    string.Join(", ", pressed));
            }
        });
    }, iter: Runs);

    private static (Verification V, string Json) Reread(Verification v)
    {
        var json = Play.Json(v);
        return (JsonSerializer.Deserialize(json, StateJson.Default.Verification)!, json);
    }
}
