"""The settings of egress, ingress and sip, which ignore what they do not know. All versions known here together.

Sources: egress pkg/config/base.go and service.go (e948d1eb), ingress pkg/config/config.go (19017c8), sip
pkg/config/config.go (be5d3f5). Of their mappings only `redis`, which is the server's, and the costs are looked into.
"""

from collections.abc import Mapping

from configlint.programs.livekit.schema import Schema, schema
from configlint.programs.livekit.server_settings import SERVER

_SHARED = "redis api_key api_secret ws_url logging log_level health_port prometheus_port cluster_id node_id"

_EGRESS = (
    f"{_SHARED} template_base template_port template_address backup_storage enable_chrome_sandbox s3 azure gcp"
    " alioss storage backup session_limits insecure debug debug_handler_port cpu_cost max_upload_queue"
    " disallow_local_storage enable_room_composite_sdk_source io_create_timeout io_update_timeout io_workers"
    " io_selection_timeout s3_assume_role_key s3_assume_role_secret s3_assume_role_arn local_directory"
    " s3_assume_role_external_id s3_allow_request_assume_role_external_id chrome_flags latency latency_overrides"
    " audio_tempo_controller max_pulse_clients prefix generate_presigned_url video_encoder_threads enable_sync_engine"
    " enable_one_shot_sender_report_sync test_overrides pulse_sink_reap_grace_sec"
)
_INGRESS = (
    f"{_SHARED} debug_handler_port rtmp_port whip_port http_relay_port development whip_proxy_enabled rtc_config"
    " enable_stream_latency_reduction service_name cpu_cost"
)
_INGRESS_COSTS = "rtmp_cpu_cost whip_cpu_cost whip_bypass_transcoding_cpu_cost url_cpu_cost min_idle_ratio"
_SIP = (
    f"{_SHARED} pprof_port sip_port sip_port_listen sip_hostname outbound_route_headers sip_ringing_interval tcp"
    " tls rtp_port max_cpu_utilization max_active_calls sip_trunk_ids use_external_ip local_net nat_1_to_1_ip"
    " listen_ip udp_max_payload media_use_external_ip media_nat_1_to_1_ip media_timeout media_timeout_initial"
    " symmetric_rtp rtp_draining_idle_timeout rtp_draining_duration ignore_local_addr_in_sdp codecs"
    " hide_inbound_port disable_rejected_invite_cache add_record_route audio_dtmf enable_jitter_buffer"
    " enable_jitter_buffer_prob enable_opus opus jaeger_url experimental"
)


def _side(table: dict[str, str]) -> Schema:
    redis = {path: settings for path, settings in SERVER.items() if path.startswith("redis")}
    return {**schema(table, "any"), **redis}


SIDES: Mapping[str, Schema] = {
    "egress": _side({"": _EGRESS}),
    "ingress": _side({"": _INGRESS, "cpu_cost": _INGRESS_COSTS}),
    "sip": _side({"": _SIP}),
}
