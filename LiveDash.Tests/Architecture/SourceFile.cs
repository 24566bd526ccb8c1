namespace LiveDash.Tests.Architecture;

/// <summary>A file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">What it holds.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Project and first folder, such as <c>Core.Windows</c>; the project alone for files beside the project file, <c>samples</c> for what stands there.</summary>
    public string Folder
    {
        get
        {
            var parts = Path.Split('/');
            if (parts[0] == "samples") return parts[0];
            var project = parts[0]["LiveDash.".Length..];
            return parts.Length > 2 ? $"{project}.{parts[1]}" : project;
        }
    }

    /// <summary>How many lines it has.</summary>
    public int Lines => Text.AsSpan().Count('\n');
}
