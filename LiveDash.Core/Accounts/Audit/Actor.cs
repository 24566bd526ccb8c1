namespace LiveDash.Core.Accounts.Audit;

/// <summary>Who does something now, as far as the audit knows: it flows with the work, from the request or the event of a page to the store. Immutable.</summary>
/// <param name="Name">The person's or the key's name.</param>
/// <param name="Kind"><c>person</c>, <c>key</c> or <c>link</c>.</param>
/// <param name="Address">From which address.</param>
public sealed record Actor(string Name, string Kind, string Address)
{
    private static readonly AsyncLocal<Actor?> s_current = new();

    /// <summary>Who does what runs here; null for the program itself.</summary>
    public static Actor? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }
}
