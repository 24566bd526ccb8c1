using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>Follows a growing file over its rotation. See <see cref="FileFollower"/>.</summary>
internal sealed class FollowKind(FollowFolders folders) : SourceKind
{
    public override string Name => "file";

    public override string Title => "Growing file";

    public override string Help => "Reads what is added to a file, over its rotation. The folder must be listed in appsettings.json under LiveDash:Follow:Folders.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("path", "Path", SourceFieldType.Text, "", "The whole path of the file; it need not be there yet.") { IsRequired = true },
        new("format", "Format", SourceFieldType.Choice, "points", "points (NDJSON) or influx (line protocol).") { Choices = ["points", "influx"] },
        new("from", "From", SourceFieldType.Choice, "end", "Where reading begins the first time; later it goes on where it stopped.") { Choices = ["end", "beginning"] },
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var follower = new FileFollower(context, folders, () => Decoder(context));
        await follower.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var path = context.Values.Text("path");
        if (folders.FaultOf(path) is { } fault) throw new InvalidOperationException(fault);
        var file = new FileInfo(path);
        return Task.FromResult(file.Exists ? $"The file is there and holds {file.Length:N0} bytes." : "The file is not there yet; it is read as soon as it is.");
    }

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (folders.FaultOf(values.Text("path")) is { } fault) yield return new("path", fault);
    }

    private static StreamDecoder Decoder(SourceContext context) => context.Values.Text("format") switch
    {
        "influx" => context.Parts.Decoders.Influx(InfluxPrecision.Nanoseconds),
        _ => context.Parts.Decoders.Json(),
    };
}
