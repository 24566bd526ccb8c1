using System.Globalization;
using LiveDash.Core.Configuration;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.Api.Reading;

namespace LiveDash.Web.Api.Windows;

/// <summary>Which windows a reader asked for, checked. Immutable.</summary>
internal sealed class WindowQuery
{
    /// <summary>How many series one request may summarise: each may cost a read of its history.</summary>
    public const int MaxSeries = 1_000;

    /// <summary>How many further aggregates one request may name.</summary>
    public const int MaxAggregates = 32;

    private static readonly AggregateSpec[] s_always = [AggregateSpec.Percentile(50), AggregateSpec.Percentile(99)];
    private readonly SeriesCatalog _catalog;
    private readonly WindowParameters _parameters;
    private readonly WindowPlan _plan;
    private readonly WindowSpec? _spec;

    private WindowQuery(SeriesCatalog catalog, WindowParameters parameters, WindowPlan plan, WindowSpec? spec, IReadOnlyList<AggregateSpec> needs)
    {
        _catalog = catalog;
        _parameters = parameters;
        _plan = plan;
        _spec = spec;
        Needs = needs;
    }

    /// <summary>What is computed beyond what every window has: p50, p99, then what was asked for.</summary>
    public IReadOnlyList<AggregateSpec> Needs { get; }

    /// <summary>The one series spelled without a wildcard, or null where the answer is an array.</summary>
    public string? Single { get; private init; }

    /// <summary>Reads the parameters.</summary>
    /// <returns>The query, or null with the problem to answer.</returns>
    public static WindowQuery? TryRead(WindowParameters parameters, SeriesCatalog catalog, WindowPlan plan, out IResult? problem)
    {
        problem = null;
        var texts = (parameters.Series ?? []).SelectMany(SeriesSelection.Split).ToList();
        WindowSpec? spec = null;
        if (texts.Count == 0)
        {
            problem = ApiProblem.BadParameter("series", "Name the series to summarise, such as series=cpu.* or series=cpu.load{host=a}.");
        }
        else if (SeriesSelection.TryChoose(catalog, parameters.Series, parameters.Tag, out var fault) is null)
        {
            problem = ApiProblem.BadParameter(fault.Parameter, fault.Detail);
        }
        else if (parameters.Window is { } window && !WindowSpec.TryParse(window, out spec, out var error))
        {
            problem = ApiProblem.BadParameter("window", error);
        }

        if (problem is not null || TryNeeds(parameters.Aggregates, out problem) is not { } needs) return null;
        var single = texts.Count == 1 && parameters.Tag is null or [] && SeriesPattern.TryParse(texts[0], out var pattern) && pattern!.IsExact;
        return new WindowQuery(catalog, parameters, plan, spec, needs) { Single = single ? texts[0] : null };
    }

    /// <summary>The series chosen now; a wildcard may choose more later.</summary>
    public IReadOnlyList<int> Choose() => SeriesSelection.TryChoose(_catalog, _parameters.Series, _parameters.Tag, out _) ?? [];

    /// <summary>The window of one series: the one asked for, else the one of the settings.</summary>
    public WindowChoice ChoiceFor(SeriesKey key)
    {
        var planned = _plan.Choose(key);
        return _spec is null ? planned : planned with { Spec = _spec };
    }

    /// <summary>What is wrong with the number of series chosen, or null.</summary>
    public static IResult? TooMany(int count) => count <= MaxSeries ? null : ApiProblem.BadParameter("series", string.Create(
        CultureInfo.InvariantCulture, $"The pattern chooses {count:N0} series; one request summarises at most {MaxSeries:N0}. Narrow the pattern."));

    private static List<AggregateSpec>? TryNeeds(string? text, out IResult? problem)
    {
        problem = null;
        var needs = s_always.ToList();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!AggregateSpec.TryParse(part, out var spec, out var error))
            {
                problem = ApiProblem.BadParameter("aggregates", error);
                return null;
            }

            if (!needs.Contains(spec) && !WindowAnswer.Holds(spec)) needs.Add(spec);
        }

        if (needs.Count - s_always.Length <= MaxAggregates) return needs;
        problem = ApiProblem.BadParameter("aggregates", string.Create(CultureInfo.InvariantCulture, $"At most {MaxAggregates} aggregates may be asked for."));
        return null;
    }
}
