using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Points;

/// <summary>The header <c>Warning</c> of answers that are made of downsampled points, of which the last of each step is read. Stateless.</summary>
internal static class SummaryWarning
{
    /// <summary>What the description of a route says of it.</summary>
    public const string Told = "Where some of the points are downsampled (LiveDash:Storage:Tiers), a header Warning says up to when and at what step: of those the last of each step is read.";

    /// <summary>Says so, where it is so of what a query asks for.</summary>
    public static void Say(HttpResponse response, IPointStore store, PointQuery query) =>
        Say(response, StoredSummaries.OfAll(query.Series.Select(one => store.FindSummaries(one, query.Range))));

    /// <summary>Says so, where it is so; before the body begins.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="found">What is downsampled; null for nothing.</param>
    /// <param name="read">What that means for the answer.</param>
    public static void Say(HttpResponse response, StoredSummaries? found, string read = "a row of those is the last of its step")
    {
        if (found is { } summaries) WarningHeader.Add(response, $"Some of the points are {summaries}: {read}");
    }
}
