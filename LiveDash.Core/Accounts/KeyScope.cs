namespace LiveDash.Core.Accounts;

/// <summary>What an API key may be used for. A key may have several.</summary>
[Flags]
public enum KeyScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sends points.</summary>
    Ingest = 1,

    /// <summary>Reads points, series, windows, alerts and the server's own figures.</summary>
    Read = 2,

    /// <summary>Makes and changes rules, silences and channels, acknowledges alerts.</summary>
    Rules = 4,

    /// <summary>Submits plot jobs and reads their images.</summary>
    Jobs = 8,

    /// <summary>Everything that an administrator may by the API.</summary>
    Admin = 16,
}
