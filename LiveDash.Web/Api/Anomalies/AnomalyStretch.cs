using System.ComponentModel;

namespace LiveDash.Web.Api.Anomalies;

/// <summary>One anomalous stretch.</summary>
/// <param name="From">The time of the first moment judged an anomaly.</param>
/// <param name="To">The first moment after it that is none; null where it still goes on.</param>
/// <param name="Peak">The highest score in it.</param>
/// <param name="Evidence">What weighed most at the peak, in one word.</param>
/// <param name="Reason">The same in words.</param>
internal sealed record AnomalyStretch(
    DateTime From,
    DateTime? To,
    double Peak,
    [property: Description("What weighed most at the peak: level, hour, cycle, novelty, jump, unchanged, quiet or noisy.")] string Evidence,
    string Reason);
