using Azure;
using Azure.Data.Tables.Models;

namespace Mfa.Web;

/// <summary>Tells the faults of a write apart.</summary>
public static class Faults
{
    /// <summary>Somebody else changed, made or deleted the row; or we did, and the answer was lost.</summary>
    public static bool IsConflict(RequestFailedException e) => e.Status is 409 or 412 or 404 && e.ErrorCode != TableErrorCode.TableNotFound;

    /// <summary>Nobody knows whether the write was done.</summary>
    public static bool IsUnknown(Exception e) => e is AggregateException or TaskCanceledException || e is RequestFailedException { Status: 0 or 408 or >= 500 };
}
