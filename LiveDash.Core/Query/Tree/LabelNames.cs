namespace LiveDash.Core.Query.Tree;

/// <summary>Labels with a meaning of their own.</summary>
public static class LabelNames
{
    /// <summary>The name of the series.</summary>
    public const string Name = "__name__";

    /// <summary>The upper bound of a classic histogram's bucket.</summary>
    public const string Bucket = "le";
}
