namespace LiveDash.Core.Query.Parsing;

/// <summary>A word of an expression.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">What it says: of a string without quotes and escapes.</param>
/// <param name="Value">A number's value, a duration's seconds.</param>
/// <param name="Ticks">A duration's length.</param>
/// <param name="Call">What LiveDash's own text asks of series, read already.</param>
internal readonly record struct Token(TokenKind Kind, int Position, int End, string Text, double Value = 0, long Ticks = 0, Tree.SeriesExpr? Call = null)
{
    /// <summary>True for one symbol.</summary>
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>True for one word, in any case.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>As messages name it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "end of input",
        TokenKind.Identifier => $"identifier \"{Text}\"",
        TokenKind.Number => $"number \"{Text}\"",
        TokenKind.Duration => $"duration \"{Text}\"",
        TokenKind.String => $"string {Tree.ExprText.Quote(Text)}",
        _ => $"\"{Text}\"",
    };
}
