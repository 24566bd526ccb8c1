namespace LiveDash.Web.ViewModels;

/// <summary>A value as people read it: the number and its unit, which may be empty.</summary>
public readonly record struct FormattedValue(string Number, string Unit)
{
    /// <summary>Number and unit in one text, such as <c>1.23 GiB</c>.</summary>
    public override string ToString() => Unit.Length == 0 ? Number : $"{Number} {Unit}";
}
