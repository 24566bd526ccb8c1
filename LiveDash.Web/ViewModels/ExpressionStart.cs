using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;

namespace LiveDash.Web.ViewModels;

/// <summary>The expression that shows what a panel of series shows, for who goes on from there. Pure.</summary>
public static class ExpressionStart
{
    /// <summary>The selector of the first series or pattern; empty where its name holds a wildcard.</summary>
    public static string Of(IReadOnlyList<string> series)
    {
        if (series.Count == 0 || !SeriesKey.TryParse(series[0], out var key) || key!.Name.AsSpan().ContainsAny('*', '?')) return "";
        var fixedTags = key.Tags.Where(static tag => !tag.Value.AsSpan().ContainsAny('*', '?'));
        return LabelSet.Of(new SeriesKey(key.Name, fixedTags)).ToString();
    }
}
