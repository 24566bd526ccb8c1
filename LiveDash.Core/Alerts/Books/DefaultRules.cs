using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Books;

/// <summary>The rules that stand on the first start: this machine's disk, memory and processor. They may be edited and deleted like any other.</summary>
public static class DefaultRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleConfig> All { get; } =
    [
        new() { Id = "disk-almost-full", Name = "Disk almost full", Expr = "last(disk.used_percent{mount=*}, 1) > 90 clear 88", Severity = "critical" },
        new() { Id = "memory-almost-full", Name = "Memory almost full", Expr = "last(mem.used_percent, 1) > 90 for 1m keep 30s", Severity = "critical" },
        new() { Id = "processor-busy", Name = "Processor busy", Expr = "last(cpu.usage, 1) > 95 for 2m keep 30s", Severity = "warning" },
    ];
}
