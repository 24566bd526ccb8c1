using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>A batch, sorted out. The two parts belong to whoever asked; null where nothing is left.</summary>
/// <param name="ForViews">What live views and rules have not seen.</param>
/// <param name="ForStore">What the store does not have.</param>
/// <param name="Repeated">How many points it has already.</param>
/// <param name="Replaced">The series of each point that took the place of another that was kept.</param>
/// <param name="Told">Points kept before with another value, the first of them.</param>
internal readonly record struct SortedOut(PointBatch? ForViews, PointBatch? ForStore, int Repeated, IReadOnlyList<int> Replaced, IReadOnlyList<KeptBefore> Told);
