using System.Text;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Csv;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>Follows a growing file over its rotation. See <see cref="FileFollower"/>.</summary>
internal sealed class FollowKind(FollowFolders folders) : SourceKind
{
    private const int MaxHeaderBytes = 64 * 1024;

    public override string Name => "file";

    public override string Title => "Growing file";

    public override string Help => "Reads what is added to a file, over its rotation. The folder must be listed in appsettings.json under LiveDash:Follow:Folders.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("path", "Path", SourceFieldType.Text, "", "The whole path of the file; it need not be there yet.") { IsRequired = true },
        new("format", "Format", SourceFieldType.Choice, "points", "points (NDJSON), influx (line protocol) or csv (a header, then a row a line).") { Choices = ["points", "influx", "csv"] },
        new("series", "Series", SourceFieldType.Text, "", "Of csv: what its series is called; the file's name where nothing is said. Several value columns stand behind it: name.column."),
        new("time", "Time column", SourceFieldType.Text, "", "Of csv: the column with the time, ISO 8601 or milliseconds since 1970; without one a row is of now."),
        new("values", "Value columns", SourceFieldType.Lines, "", "Of csv: one a line; without any, all but time and tags. Texts become states."),
        new("tags", "Tag columns", SourceFieldType.Lines, "", "Of csv: one a line."),
        new("from", "From", SourceFieldType.Choice, "end", "Where reading begins the first time; later it goes on where it stopped.") { Choices = ["end", "beginning"] },
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var follower = new FileFollower(context, folders, file => Decoder(context, file));
        await follower.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var path = context.Values.Text("path");
        if (folders.FaultOf(path) is { } fault) throw new InvalidOperationException(fault);
        if (!File.Exists(path)) return Task.FromResult("The file is not there yet; it is read as soon as it is.");
        using var file = RegularFile.Open(path);
        return Task.FromResult($"The file is there and holds {file.Length:N0} bytes.");
    }

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (folders.FaultOf(values.Text("path")) is { } fault) yield return new("path", fault);
    }

    private static StreamDecoder Decoder(SourceContext context, FileStream file) => context.Values.Text("format") switch
    {
        "csv" => context.Parts.Decoders.Csv(MapOf(context.Values), file.Position == 0 ? null : HeaderOf(file)),
        "influx" => context.Parts.Decoders.Influx(InfluxPrecision.Nanoseconds),
        _ => context.Parts.Decoders.Json(),
    };

    private static CsvLineMap MapOf(SourceValues values) => new(
        values.Text("series") is { Length: > 0 } said ? said : Path.GetFileNameWithoutExtension(values.Text("path")), values.Text("time"), values.Lines("tags"), values.Lines("values"));

    // Reading goes on behind it.
    private static string HeaderOf(FileStream file)
    {
        var head = new byte[MaxHeaderBytes];
        var length = RandomAccess.Read(file.SafeFileHandle, head, 0);
        var end = head.AsSpan(0, length).IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(head, 0, end < 0 ? length : end).TrimEnd('\r');
    }
}
