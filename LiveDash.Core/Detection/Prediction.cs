namespace LiveDash.Core.Detection;

/// <summary>What a forecast says, and how good it has been. Immutable.</summary>
/// <param name="At">When the bar that it speaks of begins, in UTC ticks.</param>
/// <param name="Value">The value expected.</param>
/// <param name="Low">The lower edge of the band that 95 of 100 values lay in.</param>
/// <param name="High">Its upper edge.</param>
/// <param name="Mase">Its mean error at this horizon beside that of the value one day earlier (seasonal naive): below 1 is better; NaN before a day is known.</param>
/// <param name="Coverage">Which part of the values lay within the band, so far; NaN while it is not known.</param>
/// <param name="Season">The season of the model that is best now; zero for none.</param>
/// <param name="Judged">How many forecasts were compared with what came.</param>
/// <param name="Needed">So many must have been before one is told.</param>
/// <param name="Bar">How long a bar is: what is forecast is the mean of one.</param>
public sealed record Prediction(long At, double Value, double Low, double High, double Mase, double Coverage, TimeSpan Season, long Judged, long Needed, TimeSpan Bar)
{
    /// <summary>So many must have been where the horizon is short; of those of hours a day, as before that no daily cycle can be told from a trend.</summary>
    public const int LeastJudged = 48;

    /// <summary>Nothing is known yet.</summary>
    public static Prediction Unknown { get; } = new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, TimeSpan.Zero, 0, LeastJudged, TimeSpan.Zero);

    /// <summary>False while too little was compared with what came.</summary>
    public bool IsKnown => Judged >= Needed && double.IsFinite(Value);

    /// <summary>
    /// False also where the bar it speaks of has passed and the one after it, too: nothing came since that could say more. Not before, since a bar is known once it is over, which
    /// at a horizon of a bar is after the one it speaks of began; the second covers points that come late within theirs.
    /// </summary>
    /// <param name="now">The clock in UTC ticks.</param>
    public bool IsKnownAt(long now) => IsKnown && At + (2 * Bar.Ticks) > now;
}
