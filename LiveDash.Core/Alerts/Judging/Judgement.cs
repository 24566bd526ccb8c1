namespace LiveDash.Core.Alerts.Judging;

/// <summary>What a condition says now, and the figure it says it of.</summary>
internal readonly record struct Judgement(AlertInput Input, double Value)
{
    public static Judgement Missing { get; } = new(AlertInput.Missing, double.NaN);

    public static Judgement Of(bool holds, double value) => new(holds ? AlertInput.Breach : AlertInput.Clear, value);
}
