using Microsoft.Extensions.Configuration;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>Every listener's state, with or without a socket: made at start, one for each <see cref="ListenerSpec"/>. Thread-safe.</summary>
public sealed class ListenerBoard
{
    private readonly IReadOnlyList<ListenerStatus> _all;

    /// <summary>Reads the settings, which were checked before.</summary>
    public ListenerBoard(IConfiguration configuration) =>
        _all = [.. ListenerSpec.All.Select(spec => new ListenerStatus(spec, Read(configuration, spec)))];

    /// <summary>All of them, in the order shown.</summary>
    public IReadOnlyList<ListenerStatus> All => _all;

    /// <summary>One of them.</summary>
    public ListenerStatus this[ListenerSpec spec] => _all.First(status => status.Spec == spec);

    /// <summary>How all are now.</summary>
    public IReadOnlyList<ListenerSnapshot> Snapshot() => [.. _all.Select(static status => status.Snapshot())];

    /// <summary>The settings' section of a listener.</summary>
    public static string Section(ListenerSpec spec) => "LiveDash:Listeners:" + spec.Name;

    /// <summary>Everything that is wrong with the settings of listeners.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        var faults = ListenerSpec.All.SelectMany(spec => Read(configuration, spec).Faults(Section(spec))).ToList();
        faults.AddRange(configuration.GetSection("LiveDash:Listeners").GetChildren()
            .Where(static child => ListenerSpec.Find(child.Key) is null)
            .Select(static child => $"{child.Path} is no listener; there are {string.Join(", ", ListenerSpec.All.Select(static spec => spec.Name))}."));
        return faults;
    }

    /// <summary>One listener's settings as they stand.</summary>
    public static ListenerOptions Read(IConfiguration configuration, ListenerSpec spec)
    {
        var options = new ListenerOptions();
        configuration.GetSection(Section(spec)).Bind(options);
        return options;
    }
}
