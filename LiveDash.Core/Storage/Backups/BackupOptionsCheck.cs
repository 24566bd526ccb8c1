using Microsoft.Extensions.Options;

namespace LiveDash.Core.Storage.Backups;

/// <summary>Says what is wrong with the settings of backups.</summary>
internal sealed class BackupOptionsCheck : IValidateOptions<BackupOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        var faults = new List<string>();
        if (options.Folder.Length > 0 && !Path.IsPathFullyQualified(options.Folder)) faults.Add($"{BackupOptions.Section}:Folder must be a full path, such as /srv/backups.");
        if (options.Interval < TimeSpan.FromMinutes(1) || options.Interval > TimeSpan.FromDays(365)) faults.Add($"{BackupOptions.Section}:Interval must be from 00:01:00 to 365.00:00:00.");
        if (options.Keep is < 1 or > 1000) faults.Add($"{BackupOptions.Section}:Keep must be from 1 to 1000.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
