namespace LiveDash.Core.Query.Tree;

/// <summary>What an expression yields.</summary>
public enum ValueKind
{
    /// <summary>One number at each moment.</summary>
    Scalar,

    /// <summary>One number a series at each moment; Prometheus' "instant vector".</summary>
    Vector,

    /// <summary>The points of a stretch of each series; Prometheus' "range vector".</summary>
    Matrix,

    /// <summary>A text.</summary>
    String,
}
