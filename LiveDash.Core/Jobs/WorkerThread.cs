using System.Globalization;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Jobs;

/// <summary>
/// A thread that gives way to the requests. On Linux .NET's thread priorities do nothing, so there it gets a niceness and a slice of 0.1 ms (Linux 6.12 or later; sched(7),
/// sched_setattr(2)): a niceness alone takes processor from it, but lets it finish its slice of some 3 ms first, at each step of a request. In the server a greater niceness or SCHED_IDLE
/// starves on a machine that never rests, and the garbage collector and whoever waits for a lock would wait with it. A process of its own shares neither with the requests.
/// A kernel that does not preempt (CONFIG_PREEMPT_NONE) looks at either only at its next tick, some 4 ms later, unless a processor is free: so what gives way leaves one, the first that
/// the process may use, to the requests (sched_setaffinity(2)), where it has several.
/// </summary>
internal static partial class WorkerThread
{
    /// <summary>The niceness of what shares a process with requests.</summary>
    internal const int Niceness = 10;

    /// <summary>The greatest that there is: a seventh of the share of <see cref="Niceness"/>.</summary>
    internal const int Last = 19;

    private const ulong SliceNanoseconds = 100_000;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="work">What it does.</param>
    /// <param name="niceness">How far it gives way.</param>
    /// <param name="leaveFirst">Whether it leaves the first processor to the requests; else it may use those that its process may.</param>
    internal static Thread Start(string name, Action work, int niceness = Niceness, bool leaveFirst = true)
    {
        var thread = new Thread(() =>
        {
            GiveWay(0, niceness);
            if (leaveFirst) ProcessorSet.LeaveFirst(0);
            work();
        })
        {
            Name = name,
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return thread;
    }

    /// <summary>Makes all threads of this process, and those that they will start, give way.</summary>
    /// <param name="leaveFirst">Whether the requests are answered on this machine: then its first processor is left to them.</param>
    internal static void GiveWayAll(bool leaveFirst)
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var thread = uint.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            GiveWay(thread, Niceness);
            if (leaveFirst) ProcessorSet.LeaveFirst(thread);
        }
    }

    // On Linux each thread has a niceness of its own, and 0 stands for the calling one.
    private static void GiveWay(uint thread, int niceness)
    {
        if (!OperatingSystem.IsLinux()) return;
        var wanted = new SchedulingAttributes { Size = (uint)Marshal.SizeOf<SchedulingAttributes>(), Nice = niceness, Runtime = SliceNanoseconds };
        var call = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 314, Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 274, _ => -1 };
        // A seccomp filter may forbid the newer call.
        if (call < 0 || syscall(call, (nint)thread, ref wanted, 0) != 0) _ = setpriority(0, thread, niceness);
    }

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, nint thread, ref SchedulingAttributes wanted, nint flags);

    [LibraryImport("libc")]
    private static partial int setpriority(int which, uint who, int priority);

    // struct sched_attr in its first version; policy 0 is SCHED_OTHER, whose runtime is its slice.
    [StructLayout(LayoutKind.Sequential)]
    private struct SchedulingAttributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
