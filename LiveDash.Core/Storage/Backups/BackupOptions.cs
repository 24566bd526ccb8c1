namespace LiveDash.Core.Storage.Backups;

/// <summary>Backups that are made by themselves; the settings under <c>LiveDash:Backup</c>.</summary>
public sealed class BackupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "LiveDash:Backup";

    /// <summary>The folder they are kept in, best on another disk. Default none: none are made.</summary>
    public string Folder { get; set; } = "";

    /// <summary>How often. Default a day; a minute to 365 days.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many are kept; the oldest go first. Default 7; 1 to 1,000.</summary>
    public int Keep { get; set; } = 7;
}
