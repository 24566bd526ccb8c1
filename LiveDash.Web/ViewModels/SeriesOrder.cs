namespace LiveDash.Web.ViewModels;

/// <summary>What the series' table is sorted by: a column and a direction; in an address <c>?sort=rate</c> or <c>?sort=-rate</c>. Immutable.</summary>
/// <param name="Column"><c>name</c>, <c>value</c>, <c>rate</c>, <c>age</c> or what <see cref="OfTag"/> says.</param>
/// <param name="Down">True from the greatest to the least.</param>
public sealed record SeriesOrder(string Column, bool Down)
{
    /// <summary>By name.</summary>
    public static SeriesOrder Initial { get; } = new("name", false);

    /// <summary>The column of a tag: its key, with a mark where another column has that name.</summary>
    public static string OfTag(string key) => key is "name" or "value" or "rate" or "age" ? "tag." + key : key;

    /// <summary>Reads an address's parameter.</summary>
    public static SeriesOrder Parse(string? text) => string.IsNullOrEmpty(text) ? Initial : text[0] == '-' ? new(text[1..], true) : new(text, false);

    /// <summary>The parameter; null for the initial order.</summary>
    public string? ToQuery() => this == Initial ? null : (Down ? "-" : "") + Column;

    /// <summary>What a click on a column's head makes of it.</summary>
    public SeriesOrder Click(string column) => column == Column ? this with { Down = !Down } : new(column, column is "value" or "rate");
}
