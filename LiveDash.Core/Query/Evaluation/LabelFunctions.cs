using System.Text.RegularExpressions;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Functions that change labels and leave values. Stateless.</summary>
internal static class LabelFunctions
{
    /// <summary>A label made of the match of another one's whole value; series whose value does not match stay as they are.</summary>
    public static List<StepSeries> Replace(List<StepSeries> series, string[] texts)
    {
        var (label, template, source) = (Checked("label_replace", texts[0]), texts[1], texts[2]);
        Regex regex;
        try
        {
            regex = Re2Syntax.Anchored(texts[3]);
        }
        catch (ArgumentException fault)
        {
            throw new QueryException(QueryErrorKind.Execution, $"invalid regular expression in label_replace(): {texts[3]}: {fault.Message}");
        }

        return SeriesMerge.Of(series.ConvertAll(one =>
        {
            var match = Match(regex, one.Labels[source]);
            return match.Success ? one with { Labels = one.Labels.With(label, LabelTemplate.Expand(template, match)) } : one;
        }));
    }

    private static Match Match(Regex regex, string value)
    {
        try
        {
            return regex.Match(value);
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new QueryException(QueryErrorKind.Limit, $"The regular expression of label_replace() takes more than {fault.MatchTimeout.TotalSeconds:0.#} s to match one value. Make it simpler.");
        }
    }

    /// <summary>A label made of others, with something between them.</summary>
    public static List<StepSeries> Join(List<StepSeries> series, string[] texts)
    {
        var label = Checked("label_join", texts[0]);
        return SeriesMerge.Of(series.ConvertAll(one => one with { Labels = one.Labels.With(label, string.Join(texts[1], texts.Skip(2).Select(source => one.Labels[source]))) }));
    }

    private static string Checked(string function, string label) =>
        label.Length > 0 ? label : throw new QueryException(QueryErrorKind.Execution, $"invalid destination label name in {function}(): ");
}
