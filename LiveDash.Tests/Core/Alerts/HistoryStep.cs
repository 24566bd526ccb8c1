namespace LiveDash.Tests.Core.Alerts;

/// <summary>One step of a random history.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Wall">The wall clock, in ticks since the start.</param>
/// <param name="Series">Of a point: which series.</param>
/// <param name="Time">Of a point: its own time, in ticks since the start.</param>
/// <param name="Value">Of a point: its value.</param>
internal sealed record HistoryStep(HistoryStepKind Kind, long Wall, int Series = 0, long Time = 0, double Value = 0);
