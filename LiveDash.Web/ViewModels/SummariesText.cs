using System.Globalization;
using LiveDash.Core.Storage;

namespace LiveDash.Web.ViewModels;

/// <summary>Says what of the points of a chart is kept as summaries. Pure.</summary>
public static class SummariesText
{
    /// <summary>Such as <c>Points up to 2026-01-01 13:00 kept as summaries of 1h</c>, by the clock of <paramref name="zone"/>.</summary>
    public static string Of(StoredSummaries summaries, ViewZone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"Points up to {zone.Local(summaries.Until):yyyy-MM-dd HH:mm} kept as summaries of {StorageTiers.Text(summaries.Step.Ticks)}");
}
