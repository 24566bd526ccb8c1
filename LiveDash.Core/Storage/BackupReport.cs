namespace LiveDash.Core.Storage;

/// <summary>What a backup holds. Immutable.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Bytes">How large the file is.</param>
/// <param name="Points">How many points.</param>
/// <param name="Series">How many series.</param>
/// <param name="Documents">How many documents: dashboards, rules, alerts, accounts, jobs.</param>
public sealed record BackupReport(string File, long Bytes, long Points, long Series, long Documents);
