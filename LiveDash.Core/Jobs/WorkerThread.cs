using System.Runtime.InteropServices;

namespace LiveDash.Core.Jobs;

/// <summary>A thread that gives way to the requests. On Linux .NET's thread priorities do nothing, so its niceness is raised there.</summary>
internal static partial class WorkerThread
{
    private const int Niceness = 10;

    /// <summary>Starts the thread.</summary>
    internal static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            GiveWay();
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

    // On Linux each thread has a niceness of its own, and 0 stands for the calling one.
    private static void GiveWay()
    {
        if (OperatingSystem.IsLinux()) _ = setpriority(0, 0, Niceness);
    }

    [LibraryImport("libc")]
    private static partial int setpriority(int which, uint who, int priority);
}
