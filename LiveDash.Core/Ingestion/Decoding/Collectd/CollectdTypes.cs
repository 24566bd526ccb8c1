namespace LiveDash.Core.Ingestion.Decoding.Collectd;

/// <summary>
/// The data sources of collectd's types that have several, by their order (types.db of collectd 5): the binary protocol leaves their names out. A type of several that is not here has them called by their
/// places, 0, 1 ... Stateless.
/// </summary>
internal static class CollectdTypes
{
    private static readonly Dictionary<string, string[]> s_sources = new(StringComparer.Ordinal)
    {
        ["compression"] = ["uncompressed", "compressed"], ["df"] = ["used", "free"], ["disk_io_time"] = ["io_time", "weighted_io_time"], ["disk_latency"] = ["read", "write"],
        ["disk_merged"] = ["read", "write"], ["disk_octets"] = ["read", "write"], ["disk_ops"] = ["read", "write"], ["disk_time"] = ["read", "write"],
        ["dns_octets"] = ["queries", "responses"], ["if_dropped"] = ["rx", "tx"], ["if_errors"] = ["rx", "tx"], ["if_octets"] = ["rx", "tx"], ["if_packets"] = ["rx", "tx"],
        ["io_octets"] = ["rx", "tx"], ["io_ops"] = ["read", "write"], ["io_packets"] = ["rx", "tx"], ["load"] = ["shortterm", "midterm", "longterm"], ["memcached_octets"] = ["rx", "tx"],
        ["mysql_octets"] = ["rx", "tx"], ["node_octets"] = ["rx", "tx"], ["ps_count"] = ["processes", "threads"], ["ps_cputime"] = ["user", "syst"], ["ps_disk_octets"] = ["read", "write"],
        ["ps_disk_ops"] = ["read", "write"], ["ps_pagefaults"] = ["minflt", "majflt"], ["serial_octets"] = ["rx", "tx"], ["smart_attribute"] = ["current", "worst", "threshold", "pretty"],
        ["vmpage_faults"] = ["minflt", "majflt"], ["vmpage_io"] = ["in", "out"], ["voltage_threshold"] = ["value", "threshold"],
    };

    /// <summary>What the value at a place is called.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="count">How many values the list has.</param>
    public static string Source(string type, int place, int count)
    {
        if (s_sources.TryGetValue(type, out var names) && names.Length == count) return names[place];
        return count == 1 ? "value" : place.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
