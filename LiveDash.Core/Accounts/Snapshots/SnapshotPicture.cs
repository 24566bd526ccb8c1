namespace LiveDash.Core.Accounts.Snapshots;

/// <summary>The picture of a panel, drawn when the snapshot was made.</summary>
/// <param name="Panel">Which panel, from 0.</param>
/// <param name="IsDark">For dark pages.</param>
/// <param name="Body">SVG as UTF-8, or PNG.</param>
public sealed record SnapshotPicture(int Panel, bool IsDark, byte[] Body);
