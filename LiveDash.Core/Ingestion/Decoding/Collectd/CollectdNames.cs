namespace LiveDash.Core.Ingestion.Decoding.Collectd;

/// <summary>
/// What collectd's values are called: the series <c>plugin.type.dsname</c>, without what says nothing (a type that is the plugin's name, the data source <c>value</c>), with the tags <c>host</c>,
/// <c>plugin_instance</c> and <c>type_instance</c> where they are given. Thread-safe.
/// </summary>
internal sealed class CollectdNames(Admission admission)
{
    // Bounded by the number of series, since each spelling is of one.
    private readonly Dictionary<(string Host, string Plugin, string PluginInstance, string Type, string TypeInstance, string Source), int> _series = [];

    /// <summary>Finds or makes the series of a value; null, or why not.</summary>
    public Fault? Find((string Host, string Plugin, string PluginInstance, string Type, string TypeInstance, string Source) key, out int series)
    {
        lock (_series)
        {
            if (_series.TryGetValue(key, out series)) return null;
        }

        var name = key.Plugin;
        if (key.Type.Length > 0 && key.Type != key.Plugin) name += "." + key.Type;
        if (key.Source != "value") name += "." + key.Source;
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var (tag, value) in new[] { ("host", key.Host), ("plugin_instance", key.PluginInstance), ("type_instance", key.TypeInstance) })
        {
            if (value.Length > 0) tags.Add(new(tag, value));
        }

        if (!admission.TryAdmitSeries(name, tags, out series, out var fault)) return fault;
        lock (_series)
        {
            if (_series.Count < admission.Limits.MaxSeries) _series[key] = series;
        }

        return null;
    }
}
