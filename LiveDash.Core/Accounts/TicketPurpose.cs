namespace LiveDash.Core.Accounts;

/// <summary>What a one-time address is for.</summary>
public enum TicketPurpose
{
    /// <summary>Makes the first administrator.</summary>
    FirstRun,

    /// <summary>Makes an account with the role of the invitation.</summary>
    Invitation,

    /// <summary>Sets another password for an account.</summary>
    Reset,
}
