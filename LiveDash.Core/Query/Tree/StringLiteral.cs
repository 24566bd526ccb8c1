namespace LiveDash.Core.Query.Tree;

/// <summary>A text in quotes.</summary>
/// <param name="Value">The text without quotes and escapes.</param>
public sealed record StringLiteral(string Value) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.String;
}
