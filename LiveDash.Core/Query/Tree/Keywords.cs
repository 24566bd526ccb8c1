namespace LiveDash.Core.Query.Tree;

/// <summary>Words that are not names where they stand. Stateless.</summary>
internal static class Keywords
{
    /// <summary>True for <c>Inf</c> and <c>NaN</c> in any case.</summary>
    public static bool IsNumber(string word) => word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("nan", StringComparison.OrdinalIgnoreCase);
}
