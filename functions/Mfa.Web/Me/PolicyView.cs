namespace Mfa.Web;

/// <summary>The rules that a page shows or counts down.</summary>
public sealed record PolicyView(int VerificationSeconds, int SendAgainAfterSeconds, int Sends, int Calls, int WrongCodes, string CallProof, string AllowedRegions, bool Phones);
