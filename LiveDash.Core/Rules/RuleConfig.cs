namespace LiveDash.Core.Rules;

/// <summary>A rule as a user writes it: what the API, the rule files and the store hold. Nothing is checked here; see <see cref="RuleReader"/>.</summary>
public sealed record RuleConfig
{
    /// <summary>Names the rule for good; given by the server where it is empty.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it; 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The condition and its times; see <see cref="RuleExpression"/>.</summary>
    public string Expr { get; init; } = "";

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
}
