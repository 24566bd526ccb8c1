using System.Globalization;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>One condition as form fields: texts as somebody types them, right or wrong. Immutable.</summary>
public sealed record RuleFormLine
{
    /// <summary>What is asked.</summary>
    public RuleFormKind Kind { get; init; }

    /// <summary>True where it must not hold.</summary>
    public bool Not { get; init; }

    /// <summary>The series or pattern.</summary>
    public string Series { get; init; } = "";

    /// <summary>The aggregate, such as <c>mean</c>, <c>p99</c> or <c>ewma 30s</c>.</summary>
    public string Aggregate { get; init; } = "mean";

    /// <summary>The window, such as <c>30s</c>.</summary>
    public string Window { get; init; } = "30s";

    /// <summary>The comparison's sign.</summary>
    public string Sign { get; init; } = ">";

    /// <summary>The threshold.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>The lower border.</summary>
    public string Low { get; init; } = "";

    /// <summary>The upper border.</summary>
    public string High { get; init; } = "";

    /// <summary>How long nothing may come.</summary>
    public string After { get; init; } = "5m";

    /// <summary>The state, as it is; the rule's text puts it in quotes.</summary>
    public string State { get; init; } = "";

    /// <summary>How readily a moment is called strange: <c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string Sensitivity { get; init; } = "medium";

    /// <summary>The fields of a condition.</summary>
    public static RuleFormLine From(SeriesCondition condition, bool not) => condition switch
    {
        Comparison c => new()
        {
            Not = not, Series = c.Series, Aggregate = c.Aggregate.ToString(), Window = c.Window.ToString(), Sign = c.Comparator.Sign(), Threshold = Number(c.Threshold),
        },
        Outside o => new() { Kind = RuleFormKind.Outside, Not = not, Series = o.Series, Window = o.Window.ToString(), Low = Number(o.Low), High = Number(o.High) },
        Anomaly y => new() { Kind = RuleFormKind.Anomaly, Not = not, Series = y.Series, Sensitivity = y.Sensitivity.ToString().ToLowerInvariant() },
        Absent a => new() { Kind = RuleFormKind.Absent, Not = not, Series = a.Series, After = DurationText.Format(a.After) },
        StateIs s => new() { Kind = RuleFormKind.State, Not = not, Series = s.Series, Sign = (s.IsOther ? Comparator.NotEqual : Comparator.Equal).Sign(), State = s.Text },
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "A condition the form does not know."),
    };

    /// <summary>The condition's text.</summary>
    public string ToText()
    {
        var text = Kind switch
        {
            RuleFormKind.Outside => $"outside({Series.Trim()}, {Window.Trim()}, {Low.Trim()}, {High.Trim()})",
            RuleFormKind.State => $"state({Series.Trim()}) {(Sign == "!=" ? "!=" : "==")} {ExprText.Quote(State.Trim())}",
            RuleFormKind.Anomaly => Sensitivity == "medium" ? $"anomaly({Series.Trim()})" : $"anomaly({Series.Trim()}, {Sensitivity})",
            RuleFormKind.Absent => $"absent({Series.Trim()}, {After.Trim()})",
            _ => $"{Aggregate.Trim()}({Series.Trim()}, {Window.Trim()}) {Sign} {Threshold.Trim()}",
        };
        return Not ? "not " + text : text;
    }

    /// <summary>A number as rules write it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
