using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace LiveDash.Core.Rules;

/// <summary>A rule as a user writes it: what the API, the rule files and the store hold. Nothing is checked here; see <see cref="RuleReader"/>.</summary>
public sealed record RuleConfig
{
    /// <summary>Names the rule for good; given by the server where it is empty.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it; 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The grammar that the condition is written in: <c>livedash</c> (default), whose text has its times too, or <c>promql</c>.</summary>
    public string Language { get; init; } = RuleLanguage.LiveDash;

    /// <summary>The condition, and of <c>livedash</c> its times; see <see cref="RuleExpression"/>.</summary>
    public string Expr { get; init; } = "";

    /// <summary>Of <c>promql</c>: how long the condition must hold before the alert fires, such as <c>5m</c>; empty for at once.</summary>
    public string For { get; init; } = "";

    /// <summary>Of <c>promql</c>: how long it must be gone before the alert resolves; empty for at once.</summary>
    public string KeepFiringFor { get; init; } = "";

    /// <summary>Of <c>promql</c>, where a vector is compared with a number: the threshold at which it is over, such as <c>70</c>; empty for that of the expression.</summary>
    public string Clear { get; init; } = "";

    /// <summary>Of <c>promql</c>, where a vector is compared with a number: further thresholds with their severities, such as <c>critical 95</c>, each beyond the one before; commas between.</summary>
    public string Steps { get; init; } = "";

    /// <summary>Of <c>promql</c>: the name of the series that its result is kept as; empty for a rule that alerts.</summary>
    public string Record { get; init; } = "";

    /// <summary>Of <c>promql</c>: how often a result is kept; empty for every 15 s.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Of <c>promql</c>: what to say of an alert, by name, in Prometheus' template language; <c>description</c> or else <c>summary</c> is what notices say.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The group of the file it was imported from; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The file it was imported from; empty for none.</summary>
    public string File { get; init; } = "";

    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>. Default warning.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>Whom to tell: names of channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Labels that its alerts carry besides the tags of their series.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What to say, with <c>{series}</c>, <c>{value}</c>, <c>{rule}</c> and <c>{severity}</c> filled in; empty for the usual sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>True while it is not judged.</summary>
    public bool Paused { get; init; }

    /// <summary>How long a series may send nothing before it counts as missing. Default <c>5m</c>.</summary>
    public string StaleAfter { get; init; } = "5m";

    /// <summary>What then happens to its alert: <c>keep</c> (default) or <c>resolve</c>.</summary>
    public string OnMissing { get; init; } = "keep";

    /// <summary>What happens when all its series are missing: <c>keep</c> (default), <c>alert</c> or <c>ok</c>.</summary>
    public string OnNoData { get; init; } = "keep";

    /// <summary>What happens when judging fails three times in a row: <c>keep</c> (default), <c>alert</c> or <c>ok</c>.</summary>
    public string OnError { get; init; } = "keep";

    /// <summary>True to judge a window before it is full.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>True for a rule that keeps a series instead of alerting.</summary>
    [JsonIgnore]
    public bool IsRecording => Record.Length > 0;
}
