using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Alerts;

/// <summary>
/// Thinks of a rule on a series: the figure that is shown, with a threshold beyond what it has been in the newest hour of its history, as the same judge
/// sees it (<see cref="RuleSuggestion.Threshold"/>). Thread-safe.
/// </summary>
public sealed class RuleSuggester(RulePreview preview, SeriesCatalog catalog, IPointStore store, TimeProvider time)
{
    private const int Columns = 100;

    // A person waits for the editor: a store that takes longer is not asked on.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The rule's text before its history was looked at: with a threshold of <see cref="RuleSuggestion.Unknown"/>.</summary>
    /// <param name="series">The series or pattern; null for one that is there.</param>
    /// <param name="aggregate">What is shown of it, or null.</param>
    /// <param name="window">The window it is shown over, or null.</param>
    public string Usual(string? series, string? aggregate, string? window) =>
        OfStates(Known(series)) ?? RuleSuggestion.Text(Known(series), aggregate, window, RuleSuggestion.Unknown);

    /// <summary>The rule's text; <see cref="Usual"/> where its history says nothing in time.</summary>
    /// <param name="series">The series or pattern; null for one that is there.</param>
    /// <param name="aggregate">What is shown of it, or null.</param>
    /// <param name="window">The window it is shown over, or null.</param>
    /// <param name="cancellationToken">Nobody waits any more; then it is the usual text.</param>
    public async Task<string> SuggestAsync(string? series, string? aggregate, string? window, CancellationToken cancellationToken)
    {
        var known = Known(series);
        if (OfStates(known) is { } state) return state;
        var usual = Usual(known, aggregate, window);
        var sparse = RuleSuggestion.Sparse(known, RuleSuggestion.Unknown);
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (await ThresholdAsync(usual, either.Token) is { } threshold) return RuleSuggestion.Text(known, aggregate, window, threshold);
            return await ThresholdAsync(sparse, either.Token) is { } single ? RuleSuggestion.Sparse(known, single) : usual;
        }
        catch (Exception exception) when (exception is OperationCanceledException or StoreUnavailableException)
        {
            return usual;
        }
    }

    /// <summary>An expression in PromQL with a threshold beyond what it has been in the newest hour; as it is where it compares already, or its history says nothing in time.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="cancellationToken">Nobody waits any more; then it is as it is.</param>
    public async Task<string> SuggestThresholdAsync(string expr, CancellationToken cancellationToken)
    {
        var rule = new RuleConfig { Id = "suggestion", Name = "suggestion", Expr = expr, Language = RuleLanguage.PromQl };
        if (!PromQuery.TryParse(expr, out var query, out _) || query.Kind != ValueKind.Vector || Compares(query)) return expr;
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (await ThresholdAsync(rule, either.Token) is not { } threshold) return expr;
            return $"{(query is BinaryExpr or UnaryExpr ? $"({expr.Trim()})" : expr.Trim())} > {RuleFormLine.Number(threshold)}";
        }
        catch (Exception exception) when (exception is OperationCanceledException or StoreUnavailableException or QueryException)
        {
            return expr;
        }
    }

    private static bool Compares(QueryExpr expr) => expr switch
    {
        ParenExpr paren => Compares(paren.Inner),
        BinaryExpr { Operator: BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Unless } => true,
        BinaryExpr binary => binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual,
        CallExpr { Function.Name: "absent" or "absent_over_time" } => true,
        _ => false,
    };

    private string? OfStates(string series) =>
        SeriesPattern.TryParse(series, out var pattern) && catalog.Match(pattern!).Select(one => catalog.States.Find(catalog[one])).OfType<StateWords>().SelectMany(static words => words.Texts).Distinct().Take(100).ToList() is { Count: > 0 } texts
            ? RuleSuggestion.State(series, texts)
            : null;

    private string Known(string? series) => series ?? (catalog.TryFind("cpu.usage", out _) ? "cpu.usage" : catalog.Count > 0 ? catalog[0].ToString() : "cpu.load");

    private Task<double?> ThresholdAsync(string text, CancellationToken cancellationToken) => ThresholdAsync(new RuleConfig { Id = "suggestion", Name = "suggestion", Expr = text }, cancellationToken);

    private async Task<double?> ThresholdAsync(RuleConfig config, CancellationToken cancellationToken)
    {
        if (!RuleReader.TryRead(config, out var rule, out _)) return null;
        var chosen = catalog.Match(rule.Pattern).ToHashSet();
        var last = store.GetStats().Where(stats => chosen.Contains(stats.Series) && stats.Count > 0).Select(static stats => stats.Last).DefaultIfEmpty().Max();
        if (last == 0) return null;
        var range = new TimeRange(last - TimeSpan.TicksPerHour, last + 1);
        var result = await Task.Run(() => preview.RunAsync(rule, range, cancellationToken, Columns), cancellationToken);
        return RuleSuggestion.Threshold(result.Lines, AlertFigure.UnitOf(rule.Driver));
    }
}
