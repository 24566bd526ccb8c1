namespace LiveDash.Core.Accounts;

/// <summary>What an account may do. Each role may all that the ones before it may.</summary>
public enum AccountRole
{
    /// <summary>Looks at everything but accounts, keys, secrets and the audit.</summary>
    Viewer = 0,

    /// <summary>Also acknowledges alerts and silences them.</summary>
    Operator = 1,

    /// <summary>Also makes and changes dashboards, rules, windows, channels, sources and plots, and sends and imports points.</summary>
    Editor = 2,

    /// <summary>Also accounts, keys, deletion of points, listeners, backup.</summary>
    Administrator = 3,
}
