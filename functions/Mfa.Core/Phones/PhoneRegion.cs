namespace Mfa.Core;

/// <summary>A region whose numbers can be typed. Its name depends on the language and is made elsewhere.</summary>
/// <param name="Region">ISO 3166-1 alpha-2 (with AC, TA and XK, which libphonenumber adds).</param>
/// <param name="CallingCode">Country calling code (E.164), without +.</param>
/// <param name="Example">A mobile number as people of the region write it; a fixed line where there are no mobiles (TA).</param>
public sealed record PhoneRegion(string Region, int CallingCode, string Example);
