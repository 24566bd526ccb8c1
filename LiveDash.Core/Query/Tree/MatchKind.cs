namespace LiveDash.Core.Query.Tree;

/// <summary>How a matcher compares.</summary>
public enum MatchKind
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c></summary>
    Regex,

    /// <summary><c>!~</c></summary>
    NotRegex,
}
