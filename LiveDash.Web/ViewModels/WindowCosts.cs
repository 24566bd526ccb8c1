namespace LiveDash.Web.ViewModels;

/// <summary>What the chosen window and all windows cost, in force and as edited. Immutable.</summary>
/// <param name="Matches">How many series the chosen one decides.</param>
/// <param name="BytesBefore">What their windows hold now.</param>
/// <param name="BytesAfter">What they would hold.</param>
/// <param name="NanosecondsBefore">What a point of them costs now.</param>
/// <param name="NanosecondsAfter">What it would cost.</param>
/// <param name="AllBefore">What all windows hold now.</param>
/// <param name="AllAfter">What they would hold.</param>
public sealed record WindowCosts(int Matches, double BytesBefore, double BytesAfter, double NanosecondsBefore, double NanosecondsAfter, double AllBefore, double AllAfter)
{
    /// <summary>Nothing.</summary>
    public static WindowCosts None { get; } = new(0, 0, 0, double.NaN, double.NaN, 0, 0);
}
