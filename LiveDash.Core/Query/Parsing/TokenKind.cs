namespace LiveDash.Core.Query.Parsing;

/// <summary>The kinds of words of an expression.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    Number,
    Duration,
    String,
    Series,
    Symbol,
}
