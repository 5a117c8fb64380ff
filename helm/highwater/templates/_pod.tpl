{{/* The command line. */}}
{{- define "highwater.args" -}}
- agent
- --config.file=/etc/highwater/{{ include "highwater.configMapKey" . }}
- --web.listen-address=:{{ .Values.web.port }}
{{- if .Values.web.configSecret.name }}
- --web.config.file=/etc/highwater-web/{{ .Values.web.configSecret.key }}
{{- end }}
- --log.level={{ .Values.log.level }}
- --log.format={{ .Values.log.format }}
{{- with .Values.metricsApi }}
{{- if .enabled }}
- --metrics-api.listen-address=:{{ .port }}
- --metrics-api.tls-cert-file=/etc/highwater-metrics-api/tls.crt
- --metrics-api.tls-key-file=/etc/highwater-metrics-api/tls.key
- --metrics-api.external-group={{ .externalGroup }}
- --metrics-api.custom-group={{ .customGroup }}
{{- end }}
{{- end }}
{{- with .Values.keda }}
{{- if .enabled }}
- --keda.listen-address=:{{ .port }}
{{- if ne .tls.source "none" }}
- --keda.tls-cert-file=/etc/highwater-keda/tls.crt
- --keda.tls-key-file=/etc/highwater-keda/tls.key
- --keda.tls-client-ca-file=/etc/highwater-keda/ca.crt
{{- end }}
{{- end }}
{{- end }}
{{- if include "highwater.kubernetesApi" . }}
- --kubernetes
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* TLS or users of the web configuration are not for the kubelet, who then sees whether the port is open. */}}
{{- define "highwater.probe" -}}
{{- if .root.Values.web.configSecret.name -}}
tcpSocket: { port: http }
{{- else -}}
httpGet: { path: {{ .path }}, port: http }
{{- end }}
{{- end }}

{{/* Folders, not single files: a mounted single file never changes. */}}
{{- define "highwater.volumeMounts" -}}
- { name: config, mountPath: /etc/highwater, readOnly: true }
{{- if .Values.web.configSecret.name }}
- { name: web, mountPath: /etc/highwater-web, readOnly: true }
{{- end }}
{{- if .Values.metricsApi.enabled }}
- { name: metrics-api, mountPath: /etc/highwater-metrics-api, readOnly: true }
{{- end }}
{{- if and .Values.keda.enabled (ne .Values.keda.tls.source "none") }}
- { name: keda, mountPath: /etc/highwater-keda, readOnly: true }
{{- end }}
{{- range .Values.secretMounts }}
- { name: secret-{{ .secretName | trunc 56 | trimSuffix "-" }}, mountPath: {{ .mountPath }}, readOnly: true }
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "highwater.volumes" -}}
- name: config
  configMap: { name: {{ include "highwater.configMapName" . }} }
{{- with .Values.web.configSecret.name }}
- name: web
  secret: { secretName: {{ . }} }
{{- end }}
{{- if .Values.metricsApi.enabled }}
- name: metrics-api
  secret:
    secretName: {{ include "highwater.metricsApiSecret" . }}
    items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }]
{{- end }}
{{- if and .Values.keda.enabled (ne .Values.keda.tls.source "none") }}
- name: keda
  secret:
    secretName: {{ include "highwater.kedaSecret" . }}
    items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }, { key: ca.crt, path: ca.crt }]
{{- end }}
{{- range .Values.secretMounts }}
- name: secret-{{ .secretName | trunc 56 | trimSuffix "-" }}
  secret: { secretName: {{ .secretName }}{{ with .items }}, items: {{ toJson . }}{{ end }} }
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "highwater.affinity" -}}
{{- if .Values.affinity }}
{{- toYaml .Values.affinity }}
{{- else if ne .Values.podAntiAffinity "none" }}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "highwater.selectorLabels" . | fromYaml)) -}}
podAntiAffinity:
{{- if eq .Values.podAntiAffinity "hard" }}
  requiredDuringSchedulingIgnoredDuringExecution:
    - {{ toYaml $term | nindent 6 | trim }}
{{- else }}
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        {{- toYaml $term | nindent 8 }}
{{- end }}
{{- end }}
{{- end }}
