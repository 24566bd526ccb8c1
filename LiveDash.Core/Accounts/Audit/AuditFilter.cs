namespace LiveDash.Core.Accounts.Audit;

/// <summary>Chooses entries of the audit; what is null or empty chooses all. Immutable.</summary>
/// <param name="Who">A part of the name.</param>
/// <param name="Action">A part of what was done.</param>
/// <param name="Text">A part of anything that is told.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
public sealed record AuditFilter(string? Who = null, string? Action = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Whether an entry is chosen.</summary>
    public bool Matches(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !(entry.At < From) && !(entry.At >= To) && Holds(entry.Who, Who) && Holds(entry.Action, Action)
            && (string.IsNullOrWhiteSpace(Text) || new[] { entry.Who, entry.Action, entry.On, entry.Address, entry.Before, entry.After }.Any(field => field is not null && Holds(field, Text)));
    }

    private static bool Holds(string field, string? part) => string.IsNullOrWhiteSpace(part) || field.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase);
}
