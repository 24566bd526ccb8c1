using LiveDash.Core.Model;

namespace LiveDash.Core.Query.Live;

/// <summary>A point on its way to a live expression.</summary>
/// <param name="Series">The interned series.</param>
/// <param name="Time">UTC ticks.</param>
/// <param name="Value">Its value.</param>
/// <param name="X">Where it lies; not a number where it has no location.</param>
/// <param name="Y">The same.</param>
/// <param name="Batch">The batch it came in, retained, while the past is being read; null afterwards.</param>
internal readonly record struct LiveArrival(int Series, long Time, double Value, double X = double.NaN, double Y = double.NaN, PointBatch? Batch = null);
