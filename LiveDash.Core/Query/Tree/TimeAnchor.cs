namespace LiveDash.Core.Query.Tree;

/// <summary>What <c>@</c> fixes a selector or subquery to.</summary>
public enum TimeAnchor
{
    /// <summary>Nothing: the moment of evaluation.</summary>
    None,

    /// <summary>A moment that stands in the text.</summary>
    Fixed,

    /// <summary><c>start()</c>: where the evaluation begins.</summary>
    Start,

    /// <summary><c>end()</c>: where the evaluation ends.</summary>
    End,
}
